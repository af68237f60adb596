"""The API as HTTP: routes, bodies, responses, and who may come in."""

"""The API as HTTP: routes, bodies, answers, and who may come in."""

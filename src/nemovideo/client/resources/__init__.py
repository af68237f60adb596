"""The endpoints of the API, one resource per noun."""

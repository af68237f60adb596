"""Files on their way into a session: from a request's body, or from a URL."""

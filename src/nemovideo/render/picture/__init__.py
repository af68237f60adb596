"""A picture on planes: fitted to the frame, moved over, coloured, and joined to the next."""

"""A small painter of landscapes in numpy: noise, terrain, skies, water, and a photo lab."""

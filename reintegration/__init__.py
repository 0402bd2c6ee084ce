"""The project: settings, the root of the site map, the server entry."""

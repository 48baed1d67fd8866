"""An edition as static files, which outlive the application."""

"""Views: records in, what a template shows out."""

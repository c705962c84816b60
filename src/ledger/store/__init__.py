"""The book on disk: a folder an officer can read with any editor."""

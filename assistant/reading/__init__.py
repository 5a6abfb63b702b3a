"""Text files to raw nodes that know where they stand: YAML and JSON, and the shapes that files must have."""

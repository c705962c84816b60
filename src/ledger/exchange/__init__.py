"""What comes from people, scripts and other people's files, read strictly and told plainly."""

"""Reports that something went wrong: who may read them, who may end them, and what stays as it was."""

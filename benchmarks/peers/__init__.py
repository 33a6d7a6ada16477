"""W1 by public tools, each in a process of the environment `.venv-bench`, which need not agree with ours."""

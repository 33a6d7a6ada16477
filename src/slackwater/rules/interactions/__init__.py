"""Other medicines beside ketamine: what is graded how, and what stands until somebody has settled it."""

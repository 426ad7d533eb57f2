"""Many runs on purpose: scenarios, replications, results on disk."""

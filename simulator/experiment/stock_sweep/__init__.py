"""Many runs of a model of stocks alone, made on purpose: a design over its constants, in one batch."""

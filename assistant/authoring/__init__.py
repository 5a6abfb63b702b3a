"""What owners of a policy begin with: a layer, a policy of their own, a rule to fill in, schemas for their editor."""

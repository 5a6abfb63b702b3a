"""What a policy's owner should know before anyone is advised by it: findings, each with a case that shows it."""

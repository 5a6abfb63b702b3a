"""What the rules are: vocabulary, conditions, consequents, and the compiler that makes a checked policy of a folder."""

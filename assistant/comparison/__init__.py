"""What an edit of a policy changes, and for whom: two policies in words, in proofs, in shares and in single cases."""

"""What follows from the facts: working memory, firings and the verdict, the same from every engine."""

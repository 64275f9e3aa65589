//! Lexer, parser, syntax tree and printer for Go

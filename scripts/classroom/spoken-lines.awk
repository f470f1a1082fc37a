# spoken-lines: each line in the language that is spoken. It needs spoken.awk.
{ print spoken($0) }

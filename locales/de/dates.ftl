# Tage, und wie Dinge im Satz verbunden werden.

day-today = heute
day-yesterday = gestern
day-tomorrow = morgen
days-ago = { $count ->
    [one] vor { $count } Tag
   *[other] vor { $count } Tagen
}
days-ahead = { $count ->
    [one] in { $count } Tag
   *[other] in { $count } Tagen
}
and = { $first } und { $last }
or = { $first } oder { $last }
just-now = eben
minutes-ago = { $count ->
    [one] vor { $count } Minute
   *[other] vor { $count } Minuten
}
hours-ago = { $count ->
    [one] vor { $count } Stunde
   *[other] vor { $count } Stunden
}

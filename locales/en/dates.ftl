# Days, and how things are joined in a sentence.

day-today = today
day-yesterday = yesterday
day-tomorrow = tomorrow
days-ago = { $count ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
days-ahead = { $count ->
    [one] in { $count } day
   *[other] in { $count } days
}
and = { $first } and { $last }
or = { $first } or { $last }
just-now = just now
minutes-ago = { $count ->
    [one] { $count } minute ago
   *[other] { $count } minutes ago
}
hours-ago = { $count ->
    [one] { $count } hour ago
   *[other] { $count } hours ago
}

; test error
data # x

; 2:6: unexpected character `#`

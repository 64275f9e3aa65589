; test error
global @x: i32 = 0
global @x: i32 = 0

; 3:8: `@x` is defined twice

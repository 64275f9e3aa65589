; test error
data @x align 1 readonly "a\zz"

; 2:28: expected `\\`, `\"` or two hexadecimal digits

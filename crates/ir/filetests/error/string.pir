; test error
data @x align 1 readonly "abc

; 2:26: string is not closed

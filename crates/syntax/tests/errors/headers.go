// The headers of control statements.

package p

func _() {
	if x {}
}

func _() {
	if x := f(); x {}
}

func _() {
	if /* ERROR "syntax error: missing condition in if statement" */ {}
}

func _() {
	if x/* ERROR "syntax error: missing condition in if statement" */ ; {}
}

func _() {
	if x /* ERROR "syntax error: cannot use assignment x = 1 as value" */ = 1 {}
}

func _() {
	if a == b /* ERROR "syntax error: cannot use assignment (a == b) = c as value" */ = c {}
}

func _() {
	if x /* ERROR "syntax error: cannot use x := 1 as value" */ := 1 {}
}

func _() {
	if x/* ERROR "syntax error: cannot use x++ as value" */ ++ {}
}

func _() {
	if var /* ERROR "syntax error: var declaration not allowed in if initializer" */ x = 1; x {}
}

func _() {
	if x/* ERROR "syntax error: unexpected newline, expected { after if clause" */
	{
	}
}

func _() {
	if x; y/* ERROR "syntax error: unexpected semicolon, expected { after if clause" */ ; z {}
}

func /* ERROR "syntax error: unexpected name _, expected (" */ _(/* ERROR "syntax error: unexpected ), expected type" */ ) /* ERROR "syntax error: unexpected { in parameter list; possibly missing comma or )" */ {
	/* ERROR "syntax error: unexpected keyword if at end of statement" */ if f(T{}) {}
}

func _() {
	if (T{}) == x {}
}

func _() {
	if x == T{} /* ERROR "syntax error: unexpected { at end of statement" */ {}
/* ERROR "syntax error: non-declaration statement outside function body" */ }

func _() {
	if []int{} == nil {}
}

func _() {
	if struct{}{} == x {}
}

func _() {
	if x {} else if y {} else {}
}

func _() {
	for {}
}

func _() {
	for x {}
}

func _() {
	for i := 0; i < 10; i++ {}
}

func _() {
	for ;; {}
}

func _() {
	for ; x; {}
}

func _() {
	for i := 0; i < 10 /* ERROR "syntax error: unexpected {, expected semicolon or newline" */ {/* ERROR "syntax error: unexpected }, expected expression" */ /* ERROR "syntax error: unexpected }, expected { after for clause" */ }
}

func _() {
	for i := 0; i < 10; i /* ERROR "syntax error: cannot declare in post statement of for loop" */ := 2 {}
}

func _() {
	for x = range y {}
}

func _() {
	for x := range y {}
}

func _() {
	for x, z := range y {}
}

func _() {
	for range y {}
}

func _() {
	for range 10 {}
}

func _() {
	for x, y, z := range w {}
}

func _() {
	for x.y := range w {}
}

func _() {
	for x := range T{} /* ERROR "syntax error: unexpected { at end of statement" */ {}
/* ERROR "syntax error: non-declaration statement outside function body" */ }

func _() {
	for var /* ERROR "syntax error: var declaration not allowed in for initializer" */ i = 0; i < 10; i++ {}
}

func _() {
	for i /* ERROR "syntax error: cannot use assignment i = 1 as value" */ = 1 {}
}

func _() {
	switch {}
}

func _() {
	switch x {}
}

func _() {
	switch x := f(); x {}
}

func _() {
	switch x := f(); {}
}

func _() {
	switch x.(type) {}
}

func _() {
	switch y := x.(type) {}
}

func _() {
	switch f(); y := x.(type) {}
}

func _() {
	switch x /* ERROR "syntax error: cannot use assignment x = 1 as value" */ = 1 {}
}

func _() {
	switch a, b /* ERROR "syntax error: cannot use a, b := x.(type) as value" */ := x.(type) {}
}

func _() {
	switch x { /* ERROR "syntax error: unexpected name foo, expected case or default or }" */ foo() /* ERROR "syntax error: unexpected }, expected :" */ }
}

func /* ERROR "syntax error: unexpected name _, expected (" */ _(/* ERROR "syntax error: unexpected ), expected type" */ ) /* ERROR "syntax error: unexpected { in parameter list; possibly missing comma or )" */ {
	/* ERROR "syntax error: unexpected keyword switch at end of statement" */ switch x { case 1, 2: foo(); default: case 3: fallthrough; default: }
}

func _() {
	select {}
}

func _() {
	select { case x := <-c: case c <- 1: case <-c: default: }
}

func _() {
	select /* ERROR "syntax error: missing { after select clause" */ x {}
}

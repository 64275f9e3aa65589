// Imports in all their forms; nothing wrong here.

package p

import "a"
import b "c"
import . "d"
import _ "e"
import (
	"f"
	g "h"; . "i"
	_ `j`
)
import ()

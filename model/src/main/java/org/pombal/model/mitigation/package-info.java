/** What is done about backends and sites that fail: who is judged how by whom, and what follows. */
@NullMarked
package org.pombal.model.mitigation;

import org.jspecify.annotations.NullMarked;

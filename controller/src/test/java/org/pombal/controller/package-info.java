@NullMarked
package org.pombal.controller;

import org.jspecify.annotations.NullMarked;

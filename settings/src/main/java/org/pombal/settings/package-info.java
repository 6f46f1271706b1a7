/**
 * Typed, documented settings. A {@link org.pombal.settings.Setting} is declared once, as a constant; the
 * {@link org.pombal.settings.SettingsResolver} reads the declared ones from a {@link org.pombal.settings.SettingsFile}
 * and the environment, and the {@link org.pombal.settings.ReferencePage} is written from the same declarations.
 */
@NullMarked
package org.pombal.settings;

import org.jspecify.annotations.NullMarked;

/**
 * What can be asked and how it goes: options (each declared once), settings, plan, run, account. Knows images as views of planes, and no
 * window system.
 */
package org.biodl.run;

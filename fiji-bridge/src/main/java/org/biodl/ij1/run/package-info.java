/** The commands that turn images into images: dialog, preview and what is shown. */
package org.biodl.ij1.run;

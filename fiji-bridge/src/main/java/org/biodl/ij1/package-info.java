/** What the commands of ImageJ 1 share: dialogs made from options, macros, previews, progress, problems. */
package org.biodl.ij1;

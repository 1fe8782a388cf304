/** From ImageJ's images to views and back: planes, selections, label images, ROIs, tables, provenance. */
package org.biodl.image;

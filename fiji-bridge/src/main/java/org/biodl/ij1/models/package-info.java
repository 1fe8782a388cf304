/** "BioDL Models...": its window, and the same without one. */
package org.biodl.ij1.models;

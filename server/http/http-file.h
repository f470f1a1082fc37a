/*
 * http-file: from the path that a client asked for to a file below ROOT, and to no other
 * file (articles: B1). Compare with maildir_user in maildir.h, where a local part is a
 * name and never a path; here it may be a path, so each of its names is looked at.
 */
#ifndef HTTP_FILE_H
#define HTTP_FILE_H

#include <sys/stat.h>

/*
 * Opens the file of a path, decoded, which begins with a slash, below the folder root, a
 * descriptor. A path that ends in a slash is a folder's, and means index.html in it. A
 * name that begins with a dot is no name here, nor is an empty one: so no path leads
 * upwards. No symbolic link is followed, and nothing but a regular file is opened.
 *
 * Returns a descriptor, which the caller closes, and its *file; or -1 with errno: EISDIR
 * for a folder without its last slash; EMFILE and the like where it is for now; else it
 * is not there.
 */
int http_file_open(int root, const char *path, struct stat *file);

#endif

/* startup: see startup.h. */
#include "wire/startup.h"

#include <fcntl.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

void startup(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0)
			(void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
	signal(SIGXFSZ, SIG_IGN);
	tzset();
}

using System.Runtime.InteropServices;

namespace Weir.Runtime.Tests;

/// <summary>
/// Takes root's way round file permissions from the calling thread, so that they can be tested by whoever runs the tests.
/// </summary>
/// <remarks>Linux keeps the user id for file access by thread (setfsuid(2)); another user's changes nothing.</remarks>
internal sealed partial class Unprivileged : IDisposable
{
    private const uint Nobody = 65534;

    private readonly int _before = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess ? SetFileSystemUser(Nobody) : -1;

    public void Dispose()
    {
        if (_before >= 0)
        {
            _ = SetFileSystemUser((uint)_before);
        }
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileSystemUser(uint id);
}

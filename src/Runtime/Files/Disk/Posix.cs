using System.Runtime.InteropServices;

namespace Weir.Runtime.Files.Disk;

/// <summary>The calls of POSIX that the framework does not offer: rename without replacing, and fsync of a directory.</summary>
internal static partial class Posix
{
    private const int CurrentDirectory = -100;
    private const uint NoReplace = 1;
    private const int NotPermitted = 1;
    private const int NotFound = 2;
    private const int AccessDenied = 13;
    private const int Exists = 17;
    private const int Invalid = 22;
    private const int Loop = 40;

    // Of statx, whose layout is the same on every machine: room for the answer, where in it the mode is, and what to ask for.
    private const int StatusSize = 256;
    private const int ModeOffset = 28;
    private const uint OnlyType = 1;
    private const int TypeMask = 0xF000;

    /// <summary>Renames unless the target exists, in one step where the kernel has it.</summary>
    public static void RenameToNew(string from, string to)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                if (RenameAt2(CurrentDirectory, from, CurrentDirectory, to, NoReplace) == 0)
                {
                    return;
                }

                // Invalid: this file system does not know the flag. ENOSYS (38): this kernel does not.
                var error = Marshal.GetLastPInvokeError();
                if (error is not (Invalid or 38))
                {
                    throw Failure(error, $"Cannot rename '{from}' to '{to}'", from);
                }
            }
            catch (EntryPointNotFoundException)
            {
                // A C library older than the call.
            }
        }

        // Two names of one file for a moment. A crash in between leaves both; whoever renames again meets "exists" and may compare.
        if (Link(from, to) != 0 || Unlink(from) != 0)
        {
            throw Failure(Marshal.GetLastPInvokeError(), $"Cannot rename '{from}' to '{to}'", from);
        }
    }

    public static void SyncDirectory(string path)
    {
        var descriptor = Open(path, 0);
        if (descriptor < 0)
        {
            throw Failure(Marshal.GetLastPInvokeError(), $"Cannot open the directory '{path}' to make its names durable", path);
        }

        var error = Fsync(descriptor) == 0 ? 0 : Marshal.GetLastPInvokeError();
        _ = Close(descriptor);

        // Some remote file systems have no fsync of directories: their names are durable or never will be.
        if (error is not (0 or Invalid))
        {
            throw Failure(error, $"Cannot make the names in '{path}' durable", path);
        }
    }

    /// <summary>Throws if a path leads to what has no contents of its own: opening a pipe would wait for a writer for ever.</summary>
    /// <exception cref="SpecialFileException">It does.</exception>
    public static void CheckKind(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        Span<byte> status = stackalloc byte[StatusSize];
        try
        {
            if (Statx(CurrentDirectory, path, 0, OnlyType, status) != 0)
            {
                // Other errors come again when the file is opened, with better names.
                if (Marshal.GetLastPInvokeError() == Loop)
                {
                    throw new SpecialFileException(path, "a link that leads back to itself");
                }

                return;
            }
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than the call.
            return;
        }

        var kind = (System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(status[ModeOffset..]) & TypeMask) switch
        {
            0x1000 => "a pipe",
            0xC000 => "a socket",
            0x2000 or 0x6000 => "a device",
            _ => null,
        };
        if (kind is not null)
        {
            throw new SpecialFileException(path, kind);
        }
    }

    private static IOException Failure(int error, string what, string path)
    {
        var message = $"{what}: {Marshal.GetPInvokeErrorMessage(error)}.";
        return error switch
        {
            NotFound => new FileNotFoundException(message, path),
            AccessDenied or NotPermitted => FileErrors.NotPermitted(path, new IOException(message)),
            Exists => new IOException($"{what}: the target exists already.") { HResult = error },
            _ => FileErrors.Named(new IOException(message) { HResult = error }, path),
        };
    }

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int fromDirectory, string from, int toDirectory, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, Span<byte> status);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unlink(string path);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}

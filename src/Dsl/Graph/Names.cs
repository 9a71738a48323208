using System.Buffers;

namespace Weir.Graph;

/// <summary>Names that become parts of file paths, and so must be safe there.</summary>
internal static class Names
{
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");

    // File systems take names of 255 bytes, and others are put in front and behind.
    private const int MaxLength = 100;

    public static void Check(string name, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (name.Length > MaxLength)
        {
            throw new ArgumentException(
                $"The {what} '{name[..MaxLength]}…' has {name.Length} characters, and becomes part of file names: use {MaxLength} at most.",
                nameof(name));
        }

        if (name.AsSpan().ContainsAnyExcept(Allowed) || name[0] == '.')
        {
            throw new ArgumentException(
                $"The {what} '{name}' becomes part of file names: use letters, digits, '-', '_' and '.', and do not begin with '.'.",
                nameof(name));
        }
    }
}

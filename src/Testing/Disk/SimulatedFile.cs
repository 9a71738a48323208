namespace Weir.Testing.Disk;

/// <summary>The bytes of a file, and how many of them a crash cannot take.</summary>
internal sealed class SimulatedFile
{
    private byte[] _bytes = [];
    private int _durableLength;

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Content => _bytes.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (_bytes.Length - Length < bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(Length + bytes.Length, _bytes.Length * 2));
        }

        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Sync() => _durableLength = Length;

    /// <summary>Keeps the durable bytes, and as many of the others as the disk happened to have written.</summary>
    public void Crash(Random random)
    {
        Length = random.Next(_durableLength, Length + 1);
        _durableLength = Length;
    }
}

using System.Buffers;

namespace Weir.Runtime.Rows;

/// <summary>Writes the fields of one row in order, quoting where RFC 4180 asks for it.</summary>
/// <param name="output">Where to.</param>
public ref struct CsvRowWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;
}

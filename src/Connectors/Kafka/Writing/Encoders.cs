using System.Buffers;

namespace Weir.KafkaLog.Writing;

/// <summary>Writes the key of a record; false for none.</summary>
internal delegate bool KeyEncoder<T>(in T record, IBufferWriter<byte> output);

/// <summary>Writes the value of a record; false for a tombstone.</summary>
internal delegate bool ValueEncoder<T>(in T record, IBufferWriter<byte> output);

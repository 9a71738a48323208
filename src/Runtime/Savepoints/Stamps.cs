namespace Weir.Runtime.Savepoints;

/// <summary>Reads the time that stands in front of values that expire.</summary>
internal static class Stamps
{
    /// <summary>The form of the values themselves, without the time.</summary>
    public static Schema Inner(Schema form) => form.Kind == SchemaKind.Aged ? form.Members[1].Schema : form;

    /// <summary>Reads the time, if values have one; the value stands behind it.</summary>
    public static DateTimeOffset? Read(ref MessagePackReader reader, Schema form)
    {
        if (form.Kind != SchemaKind.Aged)
        {
            return null;
        }

        reader.ReadArrayOf(2);
        return reader.TryReadNil() ? null : DateTimeOffset.UnixEpoch.AddMicroseconds(reader.ReadInt64());
    }
}

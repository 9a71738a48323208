using Avro.Generic;
using Avro.Specific;

namespace Weir.KafkaLog.Registry;

/// <summary>The types that Confluent's serdes have Avro for. They would refuse others at the first message only.</summary>
internal static class AvroTypes
{
    private static readonly HashSet<Type> Plain =
        [typeof(string), typeof(byte[]), typeof(int), typeof(long), typeof(float), typeof(double), typeof(bool), typeof(GenericRecord)];

    /// <summary>Whether a type is one of them.</summary>
    public static bool Has<T>() => Plain.Contains(typeof(T)) || typeof(T).IsAssignableTo(typeof(ISpecificRecord));
}

using Microsoft.Extensions.DependencyInjection;

namespace Weir.KafkaLog.Hosted;

/// <summary>Finds the connections of a host among its services.</summary>
internal static class KafkaConnections
{
    /// <summary>A connection; null if the host has none of this name.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="name">Its name; null for the first that was added.</param>
    public static KafkaConnection? Find(IServiceProvider services, string? name) => name is null
        ? services.GetService<KafkaConnection>()
        : services is IKeyedServiceProvider ? services.GetKeyedService<KafkaConnection>(name) : null;
}
